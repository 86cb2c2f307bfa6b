import { useState } from 'react';
import {
  Button,
  Checkbox,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Flex,
  Text,
} from '@backstage/ui';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { UnavailableButton } from '../../components/UnavailableButton';
import type { StoreRequests } from '../../data/useStoreRequests';
import { useStoresTranslation } from '../../translation';

/** Has somebody accept that data is lost before a store is made anew. */
export const RetryDialog = ({
  store,
  requests,
}: {
  store: Store;
  requests: StoreRequests;
}) => {
  const t = useStoresTranslation();
  const [isOpen, setOpen] = useState(false);
  const [accepts, setAccepts] = useState(false);
  const change = (open: boolean) => {
    setAccepts(false);
    setOpen(open);
  };
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={change}>
      <Button variant="secondary">{t('store.actions.retry')}</Button>
      <Dialog isOpen={isOpen} onOpenChange={change}>
        <DialogHeader>
          {t('store.retryDialog.title', { name: store.name })}
        </DialogHeader>
        <DialogBody>
          <Flex direction="column" gap="3" align="start">
            <Text as="p">{t('store.retryDialog.text')}</Text>
            <Checkbox isSelected={accepts} onChange={setAccepts}>
              {t('store.retryDialog.accept')}
            </Checkbox>
          </Flex>
        </DialogBody>
        <DialogFooter>
          {accepts ? (
            <Button
              variant="primary"
              destructive
              onPress={() => {
                change(false);
                requests.retry(true);
              }}
            >
              {t('store.retryDialog.submit')}
            </Button>
          ) : (
            <UnavailableButton
              tellsAbove
              label={t('store.retryDialog.submit')}
              reason={t('store.retryDialog.acceptFirst')}
            />
          )}
          <Button variant="secondary" slot="close">
            {t('common.cancel')}
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
};
