import { Testbed } from './Testbed';

interface VolumeList {
  items: Array<{ spec: { claimRef?: { namespace?: string } } }>;
}

/** Neither the namespace nor a volume that was claimed in it is left. */
export async function namespaceIsGone(
  testbed: Testbed,
  namespace: string,
): Promise<boolean> {
  const answer = await testbed.admin.try(['get', 'namespace', namespace]);
  const volumes = await testbed.admin.json<VolumeList>([
    'get',
    'persistentvolume',
  ]);
  return (
    answer.exitCode !== 0 &&
    answer.stderr.includes('NotFound') &&
    volumes.items.every(volume => volume.spec.claimRef?.namespace !== namespace)
  );
}
