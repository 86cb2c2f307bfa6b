# perl privateMounts.pl COMMAND…: for a new mount namespace that was made inside a chroot. There `/` is no mount, so
# nothing can be told of its propagation: goes to the namespace's own root, keeps mounts made from now on out of the
# host, comes back, mounts a /proc of its own and runs the command. In Perl, which is essential in Debian: neither
# util-linux nor Node can leave a chroot.
use strict;
use warnings;

my ($mount, $private, $recursive) = (165, 1 << 18, 1 << 14);    # linux-x64
my ($none, $root) = ('', '/');

opendir(my $own, '/') or die "opening the root: $!\n";
chdir('/') or die "entering the root: $!\n";
chroot('/tmp') or die "going below the root: $!\n";
for (1 .. 64) { chdir('..') or die "leaving the chroot: $!\n" }
chroot('.') or die "taking the namespace's root: $!\n";
syscall($mount, $none, $root, $none, $private | $recursive, $none) == 0
  or die "making mounts private: $!\n";
chdir($own) or die "coming back: $!\n";
chroot('.') or die "taking the chroot again: $!\n";
chdir('/') or die "entering the root again: $!\n";
system('mount', '-t', 'proc', 'proc', '/proc') == 0 or die "mounting /proc failed\n";
exec(@ARGV) or die "running '$ARGV[0]': $!\n";
