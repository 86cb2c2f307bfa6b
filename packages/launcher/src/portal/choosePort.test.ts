import { choosePort, parsePort } from './choosePort';

const taken =
  (...ports: number[]) =>
  async (port: number) =>
    !ports.includes(port);

describe('choosePort', () => {
  it('is 7007 for the instance that has no name of its own', async () => {
    await expect(
      choosePort({ instance: 'local', isFree: taken() }),
    ).resolves.toBe(7007);
  });

  it('is the next free one for others, never 7007', async () => {
    await expect(
      choosePort({ instance: 'second', isFree: taken(7008, 7009) }),
    ).resolves.toBe(7010);
  });

  it('keeps the one that the instance had', async () => {
    await expect(
      choosePort({ instance: 'second', wanted: 7055, isFree: taken() }),
    ).resolves.toBe(7055);
  });

  it('says who wants a port that somebody else has, and how to choose another', async () => {
    await expect(
      choosePort({ instance: 'local', isFree: taken(7007) }),
    ).rejects.toThrow(
      /^Port 7007, .*'local'.* is taken by another program\..*STOREYARD_PORT=7008 npm start$/,
    );
    await expect(
      choosePort({ instance: 'second', wanted: 7055, isFree: taken(7055) }),
    ).rejects.toThrow(/^Port 7055/);
  });

  it('gives up when none is free', async () => {
    await expect(
      choosePort({ instance: 'second', isFree: async () => false }),
    ).rejects.toThrow('No port from 7008 to 7107 is free');
  });
});

describe('parsePort', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['7100', 7100],
  ])('reads %j as %j', (text, port) => {
    expect(parsePort(text)).toBe(port);
  });

  it.each(['0', '65536', 'abc', '70.5'])('refuses %j', text => {
    expect(() => parsePort(text)).toThrow(`STOREYARD_PORT is '${text}'`);
  });
});
