import { buildPreparation } from '../__testUtils__/stores';
import { translate } from '../__testUtils__/translate';
import { describeCluster } from './describeCluster';

const context = {
  now: Date.parse('2026-11-24T10:02:00.000Z'),
  t: translate(),
};
const updatedAt = '2026-11-24T10:01:58.000Z';

describe('describeCluster', () => {
  it('says nothing of a cluster that is well or not known yet', () => {
    expect(describeCluster({ reachable: true }, context)).toBeUndefined();
    expect(describeCluster({}, context)).toBeUndefined();
    expect(
      describeCluster(
        {
          reachable: true,
          preparation: buildPreparation({ status: 'ready', updatedAt }),
        },
        context,
      ),
    ).toBeUndefined();
  });

  it('counts the parts and estimates the rest while the cluster is being made', () => {
    expect(
      describeCluster(
        { reachable: false, preparation: buildPreparation({ updatedAt }) },
        context,
      ),
    ).toMatchObject({
      status: 'info',
      title: 'Preparing the cluster: part 3 of 11, about 9 minutes left',
      announcement: 'Preparing the cluster: part 3 of 11',
    });
  });

  it('speaks of a beginning without parts, and of no rest that it does not know', () => {
    const title = (overrides: Parameters<typeof buildPreparation>[0]) =>
      describeCluster(
        { preparation: buildPreparation({ updatedAt, ...overrides }) },
        context,
      )?.title;
    expect(title({ parts: 0, remainingSeconds: undefined })).toBe(
      'Preparing the cluster: at its beginning',
    );
    expect(title({ remainingSeconds: undefined })).toBe(
      'Preparing the cluster: part 3 of 11',
    );
  });

  it('is patient for a minute', () => {
    const at = (time: string) =>
      describeCluster(
        { preparation: buildPreparation({ updatedAt: time }) },
        context,
      )?.status;
    expect(at('2026-11-24T10:01:00.000Z')).toBe('info');
    expect(at('2026-11-24T10:00:59.000Z')).toBe('warning');
  });

  it('notices that nobody works on it any more', () => {
    expect(
      describeCluster(
        {
          preparation: buildPreparation({
            updatedAt: '2026-11-24T10:00:00.000Z',
          }),
        },
        context,
      ),
    ).toMatchObject({
      status: 'warning',
      title: 'Preparing the cluster was interrupted: part 3 of 11',
      description:
        'Nothing has moved for 2 min. npm start goes on where it was.',
    });
  });

  it('says what failed and what to do', () => {
    expect(
      describeCluster(
        {
          preparation: buildPreparation({
            status: 'failed',
            updatedAt,
            error: { message: 'No space left.', remedy: 'Free 10 GB.' },
          }),
        },
        context,
      ),
    ).toMatchObject({
      status: 'danger',
      title: 'The cluster could not be prepared: part 3 of 11 failed',
      announcement: 'The cluster could not be prepared: part 3 of 11 failed',
      description:
        'No space left. Free 10 GB. The log is /state/logs/up.log. npm start goes on where it was.',
    });
    expect(
      describeCluster(
        { preparation: buildPreparation({ status: 'failed', updatedAt }) },
        context,
      )?.description,
    ).toBe('The log is /state/logs/up.log. npm start goes on where it was.');
  });

  it('says since when and why a cluster that was ready does not answer', () => {
    expect(
      describeCluster(
        {
          reachable: false,
          since: '2026-11-24T09:57:00.000Z',
          message: 'Connection refused.',
          preparation: buildPreparation({ status: 'ready', updatedAt }),
        },
        context,
      ),
    ).toEqual({
      status: 'warning',
      title: "The cluster can't be worked with since 5 min",
      announcement: "The cluster can't be worked with",
      since: '2026-11-24T09:57:00.000Z',
      description: 'Connection refused. What you see is what was last known.',
    });
  });

  it('ends the words of the cluster as a sentence', () => {
    expect(
      describeCluster({ reachable: false, message: 'refused' }, context)
        ?.description,
    ).toBe('refused. What you see is what was last known.');
    expect(describeCluster({ reachable: false }, context)).toEqual({
      status: 'warning',
      title: "The cluster can't be worked with",
      announcement: "The cluster can't be worked with",
      since: undefined,
      description: 'What you see is what was last known.',
    });
  });

  it.each([
    [10, 'less than a minute left'],
    [50, 'about 1 minute left'],
    [540, 'about 9 minutes left'],
  ])('speaks of %d seconds as %s', (remainingSeconds, text) => {
    expect(
      describeCluster(
        {
          reachable: false,
          preparation: buildPreparation({
            remainingSeconds,
            updatedAt,
          }),
        },
        context,
      )?.title,
    ).toBe(`Preparing the cluster: part 3 of 11, ${text}`);
  });
});
