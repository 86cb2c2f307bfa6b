import { useRouteRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonLink } from '@backstage/ui';
import { storeCreatePermission } from '@storeyard/backstage-plugin-stores-common';
import { templateRouteRef } from '../../routes';
import { useStoresTranslation } from '../../translation';

const template = { namespace: 'default', templateName: 'medusa-store' };

/**
 * Leads to the form that asks for a store; not there for who may not ask for one.
 *
 * @public
 */
export const CreateButton = () => {
  const t = useStoresTranslation();
  const formLink = useRouteRef(templateRouteRef);
  const { allowed } = usePermission({ permission: storeCreatePermission });
  if (!allowed) {
    return null;
  }
  return (
    <ButtonLink
      variant="primary"
      href={
        formLink?.(template) ??
        `/create/templates/${template.namespace}/${template.templateName}`
      }
    >
      {t('list.create')}
    </ButtonLink>
  );
};
