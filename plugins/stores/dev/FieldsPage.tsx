import { useState, type ComponentType } from 'react';
import { identityApiRef } from '@backstage/frontend-plugin-api';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  type CatalogApi,
} from '@backstage/plugin-catalog-react';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Card, CardBody, Container, Flex, Header } from '@backstage/ui';
import { StoreNameField } from '../src/fields/StoreNameField';
import { StoreOwnerField } from '../src/fields/StoreOwnerField';
import { StorePlanField } from '../src/fields/StorePlanField';

type FieldProps = FieldExtensionComponentProps<string>;

interface FormData {
  name?: string;
  owner?: string;
  plan?: string;
}

const fields: Array<{
  key: keyof FormData;
  title: string;
  Component: ComponentType<FieldProps>;
}> = [
  { key: 'name', title: 'Name', Component: StoreNameField },
  { key: 'owner', title: 'Owner', Component: StoreOwnerField },
  { key: 'plan', title: 'Plan', Component: StorePlanField },
];

/** What the fields ask who is signed in, and the catalog. */
function apisOf(groups: () => Promise<string[]>) {
  const catalog: Pick<CatalogApi, 'getEntitiesByRefs'> = {
    getEntitiesByRefs: async ({ entityRefs }) => ({
      items: entityRefs.map(() => undefined),
    }),
  };
  return [
    [
      identityApiRef,
      {
        getBackstageIdentity: async () => ({
          type: 'user' as const,
          userEntityRef: 'user:default/guest',
          ownershipEntityRefs: (await groups()).map(
            name => `group:default/${name}`,
          ),
        }),
      },
    ],
    [catalogApiRef, catalog],
  ] as const;
}

/** The template's own fields, with each other but without the form around them. */
export const FieldsPage = ({
  groups = async () => [],
}: {
  groups?: () => Promise<string[]>;
}) => {
  const [apis] = useState(() => apisOf(groups));
  const [formData, setFormData] = useState<FormData>({});
  const propsOf = (key: keyof FormData, title: string) => {
    const props: Partial<FieldProps> = {
      schema: { title },
      required: true,
      formData: formData[key],
      formContext: { formData },
      onChange: value => setFormData(last => ({ ...last, [key]: value })),
    };
    return props as FieldProps;
  };
  return (
    <TestApiProvider apis={apis}>
      <Header title="A new store" />
      <Container>
        <Card>
          <CardBody>
            <Flex direction="column" gap="4" align="stretch">
              {fields.map(({ key, title, Component }) => (
                <Component key={key} {...propsOf(key, title)} />
              ))}
            </Flex>
          </CardBody>
        </Card>
      </Container>
    </TestApiProvider>
  );
};
