import { Text } from '@backstage/ui';
import type { FilledBucket } from '../models/fillBuckets';
import { ChartFigure } from './ChartFigure';
import styles from './ColumnChart.module.css';

/** Standing bars over time, and a table of what they stand for. */
export const ColumnChart = ({
  title,
  headings,
  rows,
  columns,
  formatTime,
}: {
  title: string;
  headings: string[];
  rows: Array<{ key: string; cells: string[] }>;
  columns: FilledBucket[];
  formatTime: (at: number) => string;
}) => {
  const largest = Math.max(1, ...columns.map(({ count }) => count));
  const ends = [columns.at(0), columns.length > 1 ? columns.at(-1) : undefined];
  return (
    <ChartFigure title={title} headings={headings} rows={rows}>
      <Text as="div" variant="body-small" color="secondary">
        {largest}
      </Text>
      <div className={styles.columns}>
        {columns.map(({ at, count }) => (
          <span
            key={at}
            className={styles.column}
            title={`${formatTime(at)}: ${count}`}
          >
            <span
              className={styles.bar}
              style={{ height: `${(100 * count) / largest}%` }}
            />
          </span>
        ))}
      </div>
      <div className={styles.ends}>
        {ends.map(
          end =>
            end && (
              <Text
                key={end.at}
                as="span"
                variant="body-small"
                color="secondary"
              >
                {formatTime(end.at)}
              </Text>
            ),
        )}
      </div>
    </ChartFigure>
  );
};
