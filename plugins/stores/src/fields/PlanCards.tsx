import { Text } from '@backstage/ui';
import type {
  PlanCapacity,
  StorePlan,
} from '@storeyard/backstage-plugin-stores-common';
import { formatBytes, formatCores } from '../models/quantity';
import { useStoresTranslation } from '../translation';
import styles from './PlanCards.module.css';

const Gives = ({ needs }: { needs?: PlanCapacity['needs'] }) => {
  const t = useStoresTranslation();
  return needs ? (
    <Text as="span" variant="body-small" className={styles.line}>
      {t('fields.plan.gives', {
        cores: formatCores(needs.cpu),
        memory: formatBytes(needs.memory),
      })}
    </Text>
  ) : null;
};

/** Plans as cards of which one is chosen, by arrow keys as well. */
export const PlanCards = ({
  name,
  label,
  plans,
  needs,
  value,
  onChange,
}: {
  /** Of the group of radio buttons. */
  name: string;
  label: string;
  plans: StorePlan[];
  /** What the cluster keeps for a store of each plan, where that is known. */
  needs: Map<string, PlanCapacity['needs']>;
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
            <Gives needs={needs.get(plan.name)} />
            {plan.fits !== undefined && (
              <Text
                as="span"
                variant="body-small"
                className={styles.line}
                color={plan.fits === 0 ? 'primary' : 'secondary'}
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
