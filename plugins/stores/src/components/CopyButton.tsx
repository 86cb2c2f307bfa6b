import { useEffect, useState } from 'react';
import { Button, ButtonIcon, VisuallyHidden } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useStoresTranslation } from '../translation';

const shownMilliseconds = 2_000;

/** Puts a text on the clipboard, and says whether that worked. */
export const CopyButton = ({
  text,
  what,
  label,
}: {
  /** Made when it is wanted. */
  text: string | (() => string);
  /** Names what is copied. */
  what: string;
  /** Shown as a button with text instead of an icon. */
  label?: string;
}) => {
  const t = useStoresTranslation();
  const [outcome, setOutcome] = useState<'copied' | 'failed'>();
  useEffect(() => {
    const timer = setTimeout(() => setOutcome(undefined), shownMilliseconds);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = () => {
    Promise.resolve()
      .then(() =>
        navigator.clipboard.writeText(typeof text === 'string' ? text : text()),
      )
      .then(
        () => setOutcome('copied'),
        () => setOutcome('failed'),
      );
  };
  const icon = outcome === 'copied' ? <RiCheckLine /> : <RiFileCopyLine />;
  return (
    <>
      {label ? (
        <Button
          size="small"
          variant="secondary"
          iconStart={icon}
          onPress={copy}
        >
          {outcome === 'failed' ? t('common.copyFailed') : label}
        </Button>
      ) : (
        <ButtonIcon
          size="small"
          variant="tertiary"
          aria-label={t('common.copy', { what })}
          icon={icon}
          onPress={copy}
        />
      )}
      <VisuallyHidden>
        <span role="status">
          {outcome === 'copied' && t('common.copied')}
          {outcome === 'failed' && t('common.copyFailed')}
        </span>
      </VisuallyHidden>
    </>
  );
};
