import { useRef } from 'react';
import { render } from '@testing-library/react';
import { useGlide } from './useGlide';

let height = 50;

const List = ({ names, now = 0 }: { names: string[]; now?: number }) => {
  const list = useRef<HTMLUListElement>(null);
  useGlide(list, names.join());
  return (
    <ul ref={list} data-now={now}>
      {names.map(name => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  );
};

/** What a row was moved by, as it was told to begin. */
const glides: string[] = [];

/** The tests' browser lays nothing out and moves nothing. */
beforeEach(() => {
  glides.length = 0;
  height = 50;
  jest
    .spyOn(Element.prototype, 'getBoundingClientRect')
    .mockImplementation(function rect(this: Element) {
      const siblings = Array.from(this.parentElement?.children ?? []);
      return { top: height * siblings.indexOf(this) } as DOMRect;
    });
  Element.prototype.animate = function animate(frames) {
    const [first] = frames as Keyframe[];
    glides.push(`${this.textContent}: ${first?.transform}`);
    return {} as Animation;
  };
});

afterEach(() => {
  jest.restoreAllMocks();
});

describe('useGlide', () => {
  it('has rows glide from where they were when one comes in above them', () => {
    const { rerender } = render(<List names={['a', 'b']} />);
    rerender(<List names={['new', 'a', 'b']} />);

    expect(glides).toEqual(['a: translateY(-50px)', 'b: translateY(-50px)']);
  });

  it('has those below close up when one goes', () => {
    const { rerender } = render(<List names={['a', 'b', 'c']} />);
    rerender(<List names={['a', 'c']} />);

    expect(glides).toEqual(['c: translateY(50px)']);
  });

  it('moves nothing while the same rows are there, though they grow', () => {
    const { rerender } = render(<List names={['a', 'b']} />);
    height = 60;
    rerender(<List names={['a', 'b']} now={1} />);

    expect(glides).toEqual([]);
  });

  it('moves nothing for whom moving things are too much', () => {
    const original = window.matchMedia;
    window.matchMedia = query =>
      ({ matches: query.includes('reduced-motion') } as MediaQueryList);
    const { rerender } = render(<List names={['a']} />);
    rerender(<List names={['new', 'a']} />);

    expect(glides).toEqual([]);
    window.matchMedia = original;
  });
});
