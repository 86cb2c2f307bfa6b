import { BgProvider, Flex, Text, TextField } from '@backstage/ui';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { ExtensionRoot } from '../components/ExtensionRoot';
import styles from '../components/surface.module.css';
import { useStoresTranslation } from '../translation';
import { describeName } from './describeName';
import { previewAddress } from './previewAddress';
import { useAddressEnd } from './useAddressEnd';
import { useNameCheck } from './useNameCheck';

/** A store's name, with the address that it gives and whether it is free. */
export const StoreNameField = ({
  onChange,
  formData = '',
  schema,
  required,
  rawErrors = [],
  idSchema,
}: FieldExtensionComponentProps<string>) => {
  const t = useStoresTranslation();
  const verdict = useNameCheck(formData);
  const { text, isBad } = describeName(verdict, t);
  const end = useAddressEnd(verdict);
  const address = previewAddress(formData, end);
  const errors = isBad ? [] : rawErrors;
  return (
    <ExtensionRoot name="field-name">
      <BgProvider bg="neutral-1">
        <Flex
          direction="column"
          gap="1"
          align="stretch"
          className={styles.surface}
        >
          <TextField
            id={idSchema?.$id}
            label={schema.title ?? t('fields.name.title')}
            description={schema.description}
            isRequired={required}
            autoComplete="off"
            value={formData}
            onChange={value => onChange(value === '' ? undefined : value)}
            isInvalid={isBad || errors.length > 0}
          />
          {address && (
            <Text as="p" variant="body-small" color="secondary">
              {t(end ? 'fields.name.address' : 'fields.name.addressBegin', {
                address,
              })}
            </Text>
          )}
          <Text
            as="p"
            variant="body-small"
            role="status"
            color={isBad || errors.length > 0 ? 'danger' : 'secondary'}
          >
            {errors.length > 0 ? errors.join(' ') : text}
          </Text>
        </Flex>
      </BgProvider>
    </ExtensionRoot>
  );
};
