import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputsOf, programName } from './ProgramPart';
import { goVersion, kubernetesVersion, programParts } from './programParts';

const goFolder = join(__dirname, '../../go');
const goMod = (module: string) =>
  readFileSync(join(goFolder, module, 'go.mod'), 'utf8');

describe('programName', () => {
  it.each([
    ['github.com/opencontainers/runc', 'runc'],
    ['github.com/containerd/containerd/v2/cmd/ctr', 'ctr'],
    ['example.com/tool/v3', 'tool'],
  ])('is for %s what go build calls it: %s', (path, name) => {
    expect(programName(path)).toBe(name);
  });
});

describe('programParts', () => {
  it('never have the same output twice', () => {
    const outputs = programParts.flatMap(outputsOf);
    expect(new Set(outputs).size).toBe(outputs.length);
  });

  it.each(programParts.filter(({ version }) => version.includes('.')))(
    '$id: say the version that their module asks for',
    ({ version, build }) => {
      expect(goMod(build.module)).toContain(` v${version.replace(/^v/, '')}`);
    },
  );

  it('ask for no newer Go than is installed', () => {
    for (const { build } of programParts) {
      expect(goMod(build.module)).toContain(`\ngo ${goVersion}\n`);
    }
  });

  it('name the version of Kubernetes that the folder is called by', () => {
    expect(goMod('kube')).toContain(`k8s.io/kubernetes ${kubernetesVersion}`);
  });
});
