/** The same files in the same order, whatever their times and owners' names: the same bytes. */
export const TAR_OPTIONS = [
  '--sort=name',
  '--mtime=@0',
  '--numeric-owner',
  '--format=gnu',
];
