import { Testbed } from '../testbed/Testbed';
import { namespaceIsGone } from '../testbed/namespaceIsGone';

/** A store that can't be: it says why, and it can be deleted. */
export function failure(testbed: () => Testbed): void {
  it('fails with the reason when the image does not exist, and is deleted clean', async () => {
    const created = await testbed().api.create('No Such Image', {
      imageVersion: '9.9.9',
    });
    const failed = await testbed().api.reaches(created.id, 'FAILED');
    expect(failed.reason).toBe('ImagePullFailed');
    expect(failed.message).toContain('9.9.9');
    expect(failed.remedy).toBeTruthy();
    const answer = await testbed().api.request('DELETE', `/${created.id}`);
    expect(answer.status).toBe(202);
    await testbed().api.reaches(created.id, 'DELETED');
    expect(await namespaceIsGone(testbed(), created.namespace)).toBe(true);
  });
}
