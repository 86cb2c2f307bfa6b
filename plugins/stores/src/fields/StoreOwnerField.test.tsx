import { useState } from 'react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { identityApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { StoreOwnerField } from './StoreOwnerField';

type Props = FieldExtensionComponentProps<string>;

function group(name: string, displayName?: string) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    spec: {
      type: 'team',
      children: [],
      profile: displayName ? { displayName } : {},
    },
  };
}

const Form = ({ rawErrors }: { rawErrors?: string[] }) => {
  const [owner, setOwner] = useState<string>();
  return (
    <>
      <StoreOwnerField
        {...({
          schema: { title: 'Owner' },
          formData: owner,
          onChange: setOwner,
          rawErrors,
          required: true,
        } as unknown as Props)}
      />
      <output>{owner}</output>
    </>
  );
};

function render(
  groups: string[],
  {
    catalog = catalogApiMock({
      entities: [
        group('shop-team', 'Shop team'),
        group('sales', 'Sales'),
        group('toys'),
        group('platform'),
      ],
    }),
    rawErrors,
  }: {
    catalog?: ReturnType<typeof catalogApiMock>;
    rawErrors?: string[];
  } = {},
) {
  return renderInTestApp(<Form rawErrors={rawErrors} />, {
    apis: [
      [catalogApiRef, catalog],
      [
        identityApiRef,
        mockApis.identity({
          userEntityRef: 'user:default/ada',
          ownershipEntityRefs: [
            'user:default/ada',
            ...groups.map(name => `group:default/${name}`),
          ],
        }),
      ],
    ],
  });
}

async function offered(): Promise<(string | null)[]> {
  await userEvent.click(await screen.findByRole('button', { name: /Owner/ }));
  const options = await screen.findAllByRole('option');
  return options.map(option => option.textContent);
}

describe('StoreOwnerField', () => {
  it('takes the only group that one acts for', async () => {
    render(['shop-team']);

    expect(
      await screen.findByText('group:default/shop-team'),
    ).toBeInTheDocument();
  });

  it('offers the groups that one acts for and no other, parents as the sign-in resolved them', async () => {
    render(['shop-team', 'sales']);

    expect(await offered()).toEqual(['Sales', 'Shop team']);
    await userEvent.click(screen.getByRole('option', { name: 'Sales' }));
    expect(await screen.findByText('group:default/sales')).toBeInTheDocument();
  });

  it('offers a group by its name where the catalog has no title for it', async () => {
    render(['toys', 'unknown']);

    expect(await offered()).toEqual(['toys', 'unknown']);
  });

  it('says that one belongs to no group', async () => {
    render([]);

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You belong to no group that could own a store',
    );
  });

  it('says that the groups could not be loaded', async () => {
    const catalog = catalogApiMock({ entities: [] });
    catalog.getEntitiesByRefs = () =>
      Promise.reject(new TypeError('Failed to fetch'));
    render(['shop-team'], { catalog });

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The groups could not be loaded',
    );
  });

  it("shows the form's own errors", async () => {
    render(['shop-team', 'sales'], { rawErrors: ['is a required property'] });

    expect(
      await screen.findByText('is a required property'),
    ).toBeInTheDocument();
  });
});
