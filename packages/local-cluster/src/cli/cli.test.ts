import { InputError, NotFoundError } from '@backstage/errors';
import { PreparationError } from '../progress';
import { createProgram } from './createProgram';
import { renderEnvironment } from './renderEnvironment';
import { renderStatus } from './renderStatus';
import { reportFailure } from './reportFailure';

async function run(...args: string[]) {
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  const program = createProgram().configureOutput({ writeErr: print });
  program.commands.forEach(command =>
    command.configureOutput({ writeErr: print }),
  );
  try {
    await program.parseAsync(['node', 'cluster', ...args]);
  } catch (error) {
    return { code: reportFailure(error, { log: '/log', print }), lines };
  }
  return { code: 0, lines };
}

describe('the command line', () => {
  it.each([
    [['frob'], "unknown command 'frob'"],
    [['status', '--frob'], "unknown option '--frob'"],
    [['load'], "missing required argument 'archives'"],
    [['status', '--instance', 'Nope'], "the instance is called 'Nope'"],
    [['up', '--ingress-port', '99999'], "the ingress port is '99999'"],
  ])('answers %j with exit code 2 and what is wrong', async (args, text) => {
    const { code, lines } = await run(...args);
    expect(code).toBe(2);
    expect(lines.join('')).toContain(text);
  });

  it('answers about an instance that is not there with exit code 1', async () => {
    const { code, lines } = await run('env', '--instance', 'missing');
    expect(code).toBe(1);
    expect(lines).toEqual([
      "there is no instance 'missing' yet: `npm run cluster -- up` makes it",
    ]);
  });
});

describe('reportFailure', () => {
  const report = (error: unknown) => {
    const lines: string[] = [];
    const code = reportFailure(error, {
      log: '/log',
      print: line => lines.push(line),
    });
    return { code, lines };
  };

  it('says in one line what failed, what to do and where to read on', () => {
    expect(
      report(new PreparationError('too little memory', { remedy: 'buy some' })),
    ).toEqual({ code: 1, lines: ['too little memory. buy some (log: /log)'] });
  });

  it('says one line of many', () => {
    expect(report(new Error('first\nsecond')).lines).toEqual([
      'first (log: /log)',
    ]);
  });

  it('tells wrong input from the rest', () => {
    expect(report(new InputError('wrong', new Error('cause')))).toEqual({
      code: 2,
      lines: ['wrong'],
    });
    expect(report(new NotFoundError('missing')).code).toBe(1);
  });
});

describe('renderEnvironment', () => {
  it("adds to the shell's own PATH and quotes what needs it", () => {
    expect(
      renderEnvironment(
        { PATH: "/it's/bin:/usr/bin", KUBECONFIG: '/a b' },
        '/usr/bin',
      ),
    ).toBe(`export PATH='/it'\\''s/bin':"$PATH"\nexport KUBECONFIG='/a b'`);
  });

  it('leaves a PATH that nothing was put before as it is', () => {
    expect(renderEnvironment({ PATH: '/usr/bin' }, '/usr/bin')).toBe(
      `export PATH='/usr/bin'`,
    );
  });
});

describe('renderStatus', () => {
  it('shows what there is and nothing else', () => {
    expect(
      renderStatus({
        instance: 'dev',
        provider: 'native',
        state: 'stopped',
        ports: { ingress: 8080, api: 6443 },
        addons: [],
        diskBytes: 12_400_000,
      }),
    ).toBe(
      [
        'instance    dev (native)',
        'state       stopped',
        'ingress     http://127.0.0.1:8080',
        'API server  https://127.0.0.1:6443',
        'disk        12 MB',
      ].join('\n'),
    );
  });
});
