import { homedir } from 'node:os';
import { stateDirectory } from './stateDirectory';

describe('stateDirectory', () => {
  it('lies in XDG_STATE_HOME, by default below the home', () => {
    expect(stateDirectory('dev', { XDG_STATE_HOME: '/data' })).toBe(
      '/data/storeyard/dev',
    );
    expect(stateDirectory('dev', {})).toBe(
      `${homedir()}/.local/state/storeyard/dev`,
    );
  });

  it('ignores a relative XDG_STATE_HOME, as the specification wants', () => {
    expect(stateDirectory('dev', { XDG_STATE_HOME: 'data' })).toBe(
      `${homedir()}/.local/state/storeyard/dev`,
    );
  });

  it.each(['', 'Dev', '1a', '../dev', 'a-name-too-long'])(
    "refuses the name '%s'",
    name => {
      expect(() => stateDirectory(name, {})).toThrow(`'${name}'`);
    },
  );
});
