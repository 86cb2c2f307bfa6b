import { buildEvent } from '../__testUtils__/stores';
import { figuresOf } from './storeFigures';

it('counts what went wrong and what was put right, and nothing else', () => {
  const types = ['failed', 'degraded', 'repaired', 'drift-found', 'ready'];
  const events = [...types, 'failed'].map(type =>
    buildEvent({ type } as Parameters<typeof buildEvent>[0]),
  );
  expect(figuresOf(events)).toEqual({ repairs: 1, failures: 3 });
});
