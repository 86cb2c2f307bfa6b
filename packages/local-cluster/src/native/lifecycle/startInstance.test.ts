import { scopeCommand } from './startInstance';

describe('scopeCommand', () => {
  it('makes a scope of its own, whose cgroups the instance may divide and which ends without a trace', () => {
    expect(scopeCommand('dev')).toEqual(
      expect.arrayContaining([
        ...['--scope', '--unit=storeyard-dev.scope', '--slice=system.slice'],
        ...['Delegate=yes', 'TasksMax=infinity', '--collect'],
      ]),
    );
  });

  it('has systemd end it by a signal that programs ignore which do not ask for it', () => {
    const signal = scopeCommand('dev').find(word => word.startsWith('Kill'));
    expect(signal).toBe('KillSignal=SIGWINCH');
  });
});
