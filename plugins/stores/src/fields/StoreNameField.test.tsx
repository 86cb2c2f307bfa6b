import { useState } from 'react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { fakeStores } from '../__testUtils__/fakeStores';
import { translate } from '../__testUtils__/translate';
import { storesApiRef, type StoresApi } from '../api';
import { StoreNameField } from './StoreNameField';
import { validateStoreName } from './validateStoreName';

type Props = FieldExtensionComponentProps<string>;

const Form = ({ rawErrors }: { rawErrors?: string[] }) => {
  const [name, setName] = useState<string>();
  return (
    <StoreNameField
      {...({
        schema: { title: 'Name' },
        formData: name,
        onChange: setName,
        rawErrors,
      } as unknown as Props)}
    />
  );
};

function render(api: Partial<StoresApi>, rawErrors?: string[]) {
  return renderInTestApp(<Form rawErrors={rawErrors} />, {
    apis: [[storesApiRef, fakeStores(api)]],
  });
}

const checkName: StoresApi['checkName'] = async name =>
  name === 'Toys'
    ? {
        name,
        available: false,
        slug: 'toys',
        problem: 'taken',
        takenBy: 'toys-x7k2p',
      }
    : {
        name,
        available: true,
        slug: 'toys-games',
        storefront: 'http://toys-games-….localhost:8080',
      };

describe('StoreNameField', () => {
  it('shows the address while one types, and says that the name is free', async () => {
    const check = jest.fn(checkName);
    render({ checkName: check });

    const box = await screen.findByRole('textbox');
    await userEvent.type(box, 'Toys & Games');
    expect(await screen.findByText('The name is free.')).toBeInTheDocument();
    expect(
      screen.getByText('The address will be toys-games-….localhost:8080'),
    ).toBeInTheDocument();
    expect(check.mock.calls.at(-1)?.[0]).toBe('Toys & Games');

    await userEvent.type(box, ' too');
    expect(
      screen.getByText('The address will be toys-games-too-….localhost:8080'),
    ).toBeInTheDocument();
  });

  it('shows how the address begins until it is known how it ends', async () => {
    render({ checkName: () => new Promise(() => {}) });

    await userEvent.type(await screen.findByRole('textbox'), 'Toys & Games');
    expect(
      screen.getByText('The address will begin with toys-games-…'),
    ).toBeInTheDocument();
  });

  it('says who has the name', async () => {
    render({ checkName });

    await userEvent.type(await screen.findByRole('textbox'), 'Toys');
    expect(
      await screen.findByText('Store toys-x7k2p has this name already.'),
    ).toBeInTheDocument();
    expect(screen.getByRole('textbox')).toHaveAttribute('aria-invalid', 'true');
  });

  it('says which rule is broken without asking', async () => {
    const check = jest.fn(checkName);
    render({ checkName: check });

    await userEvent.type(await screen.findByRole('textbox'), '??');
    expect(
      screen.getByText('The name must contain a latin letter or a digit.'),
    ).toBeInTheDocument();
    expect(check).not.toHaveBeenCalled();
  });

  it('lets one go on when the name can not be checked now', async () => {
    render({ checkName: () => Promise.reject(new Error('away')) });

    await userEvent.type(await screen.findByRole('textbox'), 'Toys');
    expect(
      await screen.findByText(/could not be found out/),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.getByRole('textbox')).not.toHaveAttribute('aria-invalid'),
    );
  });

  it("shows the form's own errors", async () => {
    render({}, ['is a required property']);

    expect(
      await screen.findByText('is a required property'),
    ).toBeInTheDocument();
  });
});

describe('validateStoreName', () => {
  const t = translate();

  it.each([
    [undefined, undefined],
    ['Books', undefined],
    ['Toys', 'Store toys-x7k2p has this name already.'],
    ['??', 'The name must contain a latin letter or a digit.'],
  ])('says of %j: %s', async (name, problem) => {
    expect(await validateStoreName(name, { api: { checkName }, t })).toBe(
      problem,
    );
  });
});
