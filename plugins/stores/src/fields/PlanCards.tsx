import { Text } from '@backstage/ui';
import type { StorePlan } from '@storeyard/backstage-plugin-stores-common';
import { useStoresTranslation } from '../translation';
import styles from './PlanCards.module.css';

/** Plans as cards of which one is chosen, by arrow keys as well. */
export const PlanCards = ({
  name,
  label,
  plans,
  value,
  onChange,
}: {
  /** Of the group of radio buttons. */
  name: string;
  label: string;
  plans: StorePlan[];
  value?: string;
  onChange: (plan: string) => void;
}) => {
  const t = useStoresTranslation();
  return (
    <fieldset className={styles.plans}>
      <legend className={styles.legend}>
        <Text as="span" variant="body-medium" weight="bold">
          {label}
        </Text>
      </legend>
      {plans.map(plan => (
        <label key={plan.name} className={styles.plan}>
          <input
            type="radio"
            name={name}
            value={plan.name}
            checked={plan.name === value}
            onChange={() => onChange(plan.name)}
          />
          <span>
            <Text as="span" weight="bold">
              {plan.name}
            </Text>
            {plan.default && (
              <Text as="span" color="secondary">
                {` · ${t('fields.plan.recommended')}`}
              </Text>
            )}
            <Text as="span" className={styles.line}>
              {plan.description}
            </Text>
            {plan.fits !== undefined && (
              <Text
                as="span"
                variant="body-small"
                className={styles.line}
                color={plan.fits === 0 ? 'warning' : 'secondary'}
              >
                {plan.fits === 0
                  ? t('fields.plan.full')
                  : t('fields.plan.fits', { count: plan.fits })}
              </Text>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
};
