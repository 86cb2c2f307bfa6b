import { loadCommands, loadRemedy } from './loadArchives';

describe('loadCommands', () => {
  it('knows the clusters of k3d by their names', () => {
    expect(loadCommands('k3d-shops', ['a.tar', 'b.tar'])).toEqual([
      ['k3d', 'image', 'import', '--cluster', 'shops', 'a.tar', 'b.tar'],
    ]);
  });

  it('knows the clusters of kind, which loads one archive at a time', () => {
    expect(loadCommands('kind-shops', ['a.tar', 'b.tar'])).toEqual([
      ['kind', 'load', 'image-archive', 'a.tar', '--name', 'shops'],
      ['kind', 'load', 'image-archive', 'b.tar', '--name', 'shops'],
    ]);
  });

  it('guesses nothing about others', () => {
    expect(loadCommands('production', ['a.tar'])).toBeUndefined();
    expect(loadRemedy(['a.tar'])).toContain('k3s ctr images import');
  });
});
