import { Terminal } from './Terminal';

function open(output: { isTTY?: boolean; columns?: number }) {
  const written: string[] = [];
  const terminal = Terminal.create({
    output: { ...output, write: (text: string) => written.push(text) },
  });
  return { terminal, written };
}

describe('Terminal', () => {
  it('only prints where lines can not be redrawn', () => {
    for (const isTTY of [false, undefined]) {
      const { terminal, written } = open({ isTTY });
      expect(terminal.isLive).toBe(false);
      terminal.print('Helm: done', ['Kubernetes: 3 s']);
      terminal.draw(['Kubernetes: 4 s']);
      expect(written).toEqual(['Helm: done\n']);
    }
  });

  it('takes back what it has drawn before it draws anew', () => {
    const { terminal, written } = open({ isTTY: true });
    terminal.draw(['one', 'two']);
    terminal.draw(['one']);
    terminal.print('stays', ['two']);
    terminal.draw([]);
    terminal.draw([]);
    expect(written).toEqual([
      'one\n',
      'two\n',
      '\u001b[2A\u001b[0J',
      'one\n',
      '\u001b[1A\u001b[0J',
      'stays\n',
      'two\n',
      '\u001b[1A\u001b[0J',
    ]);
  });

  it.each([
    [10, 9],
    [undefined, 79],
  ])(
    'lets no line of a block break on %s columns: what is taken back is counted in lines',
    (columns, length) => {
      const { terminal, written } = open({ isTTY: true, columns });
      terminal.draw(['x'.repeat(100)]);
      expect(written).toEqual([`${'x'.repeat(length)}\n`]);
    },
  );
});
