import { useState } from 'react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { fakeStores } from '../__testUtils__/fakeStores';
import { buildCapacity } from '../__testUtils__/overview';
import { buildPlans } from '../__testUtils__/stores';
import { storesApiRef, type StoresApi } from '../api';
import { StorePlanField } from './StorePlanField';

type Props = FieldExtensionComponentProps<string>;

const owner = 'group:default/shop-team';

const Form = () => {
  const [plan, setPlan] = useState<string>();
  return (
    <>
      <StorePlanField
        {...({
          schema: { title: 'Plan' },
          formData: plan,
          onChange: setPlan,
          formContext: { formData: { owner } },
        } as unknown as Props)}
      />
      <output>{plan}</output>
    </>
  );
};

function render(
  getPlans: StoresApi['getPlans'],
  getCapacity: StoresApi['getCapacity'] = async () => buildCapacity(),
) {
  return renderInTestApp(<Form />, {
    apis: [[storesApiRef, fakeStores({ getCapacity, getPlans })]],
  });
}

describe('StorePlanField', () => {
  it('begins with the usual plan and takes another one', async () => {
    const getPlans = jest.fn(async () => ({
      items: buildPlans(),
      quota: { owner, used: 2, limit: 5, left: 3 },
    }));
    render(getPlans);

    expect(
      await screen.findByRole('radio', {
        name: /^small.*usual choice/,
        checked: true,
      }),
    ).toBeInTheDocument();
    expect(
      await screen.findByText('2 of 5 stores used by shop-team'),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('radio', {
        name: /^large.*no room for one now/,
      }),
    ).toBeInTheDocument();
    expect(getPlans).toHaveBeenCalledWith(expect.objectContaining({ owner }));
    await userEvent.click(screen.getByRole('radio', { name: /^medium/ }));
    await waitFor(() =>
      expect(screen.getByText('medium', { selector: 'output' })).toBeVisible(),
    );
  });

  it('says what each plan gives, where the cluster tells', async () => {
    render(async () => ({ items: buildPlans() }));

    expect(
      await screen.findByRole('radio', {
        name: /^small.*0\.2 CPU and 512 MiB of memory for itself/,
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('radio', { name: /^medium/ }),
    ).not.toHaveAccessibleName(/CPU/);
  });

  it('offers the plans where the cluster can not tell what they give', async () => {
    render(
      async () => ({ items: buildPlans() }),
      () => Promise.reject(new TypeError('Failed to fetch')),
    );

    expect(
      await screen.findByRole('radio', { name: /^small/ }),
    ).not.toHaveAccessibleName(/CPU/);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says that the owner has all the stores that they may have', async () => {
    render(async () => ({
      items: buildPlans(),
      quota: { owner, used: 5, limit: 5, left: 0 },
    }));

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'shop-team has all 5 stores that it may have.',
    );
  });

  it('says that the plans could not be loaded', async () => {
    render(() => Promise.reject(new TypeError('Failed to fetch')));

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The plans could not be loaded',
    );
  });
});
