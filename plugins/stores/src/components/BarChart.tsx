import { Text } from '@backstage/ui';
import styles from './BarChart.module.css';
import { ChartFigure } from './ChartFigure';

/** One bar. */
export interface Bar {
  key: string;
  label: string;
  value: number;
}

/** Lying bars with their numbers, and a table that says the same. */
export const BarChart = ({
  title,
  labelHeading,
  valueHeading,
  bars,
}: {
  title: string;
  labelHeading: string;
  valueHeading: string;
  bars: Bar[];
}) => {
  const largest = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <ChartFigure
      title={title}
      headings={[labelHeading, valueHeading]}
      rows={bars.map(({ key, label, value }) => ({
        key,
        cells: [label, String(value)],
      }))}
    >
      <div className={styles.bars}>
        {bars.map(({ key, label, value }) => (
          <div key={key} className={styles.line}>
            <Text as="span" variant="body-small" className={styles.label}>
              {label}
            </Text>
            <span className={styles.track}>
              <span
                className={styles.bar}
                style={{ width: `${(100 * value) / largest}%` }}
              />
            </span>
            <Text as="span" variant="body-small" weight="bold">
              {value}
            </Text>
          </div>
        ))}
      </div>
    </ChartFigure>
  );
};
