import { useState } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Flex,
  Select,
  Text,
  TextField,
} from '@backstage/ui';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { UnavailableButton } from '../../components/UnavailableButton';
import type { StoreRequests } from '../../data/useStoreRequests';
import { useStoresTranslation } from '../../translation';

const choices = [
  { minutes: 30, text: 'half' },
  { minutes: 60, text: 'hour' },
  { minutes: 240, text: 'fourHours' },
  { minutes: 1440, text: 'day' },
] as const;

/**
 * Asks for how long and why a store is to be left alone, and ends that when it
 * is. One button for both, so that the focus comes back to something.
 */
export const PauseDialog = ({
  store,
  isPaused,
  requests,
}: {
  store: Store;
  isPaused: boolean;
  requests: StoreRequests;
}) => {
  const t = useStoresTranslation();
  const [isOpen, setOpen] = useState(false);
  const [minutes, setMinutes] = useState(60);
  const [reason, setReason] = useState('');
  const change = (open: boolean) => {
    if (open && isPaused) {
      requests.resume();
    } else {
      setOpen(open);
    }
  };
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={change}>
      <Button variant="secondary" isPending={requests.isPending}>
        {t(isPaused ? 'store.actions.resume' : 'store.actions.pause')}
      </Button>
      <Dialog isOpen={isOpen} onOpenChange={change}>
        <DialogHeader>
          {t('store.pauseDialog.title', { name: store.name })}
        </DialogHeader>
        <DialogBody>
          <Flex direction="column" gap="3" align="stretch">
            <Text as="p">{t('store.pauseDialog.text')}</Text>
            <Select
              label={t('store.pauseDialog.minutes')}
              options={choices.map(choice => ({
                value: String(choice.minutes),
                label: t(`store.pauseDialog.options.${choice.text}`),
              }))}
              value={String(minutes)}
              onChange={key => setMinutes(Number(key))}
            />
            <TextField
              label={t('store.pauseDialog.reason')}
              isRequired
              maxLength={500}
              value={reason}
              onChange={setReason}
            />
          </Flex>
        </DialogBody>
        <DialogFooter>
          {reason.trim() === '' ? (
            <UnavailableButton
              tellsAbove
              label={t('store.pauseDialog.submit')}
              reason={t('store.pauseDialog.reasonFirst')}
            />
          ) : (
            <Button
              variant="primary"
              onPress={() => {
                setOpen(false);
                requests.pause({ minutes, reason: reason.trim() });
              }}
            >
              {t('store.pauseDialog.submit')}
            </Button>
          )}
          <Button variant="secondary" slot="close">
            {t('common.cancel')}
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
};
