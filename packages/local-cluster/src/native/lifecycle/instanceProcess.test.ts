import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CgroupLayout } from '../cgroups';
import { instancePaths } from '../instancePaths';
import { refuseForeignProcesses } from './instanceProcess';

describe('refuseForeignProcesses', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'cgroup-'));
    mkdirSync(join(directory, 'init'));
    writeFileSync(join(directory, 'cgroup.procs'), '');
    writeFileSync(join(directory, 'init', 'cgroup.procs'), '');
  });

  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  const refuse = (kind: CgroupLayout['kind'], ...more: string[]) =>
    refuseForeignProcesses({
      paths: instancePaths('/state/dev'),
      instance: 'dev',
      cgroups: { kind, directories: [directory, ...more] },
    });

  it('lets an instance start whose cgroups are empty, or not there', () => {
    expect(() => refuse('v2', join(directory, 'absent'))).not.toThrow();
  });

  it('refuses to join processes that are in them already, however deep, and says how to end them', () => {
    writeFileSync(join(directory, 'init', 'cgroup.procs'), '17\n4\n');
    expect(() => refuse('v2')).toThrow(
      "an instance 'dev' runs whose state isn't '/state/dev': take another name (--instance), or end that one (`kill -9 17 4`)",
    );
  });

  it("ends a scope's by its unit", () => {
    writeFileSync(join(directory, 'cgroup.procs'), '17\n');
    expect(() => refuse('v2-systemd')).toThrow(
      '`systemctl stop storeyard-dev.scope`',
    );
  });
});
