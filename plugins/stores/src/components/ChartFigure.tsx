import type { ReactNode } from 'react';
import { Text } from '@backstage/ui';
import { useStoresTranslation } from '../translation';
import styles from './ChartFigure.module.css';

/** A chart, which is a picture to those who see it, and a table for everybody. */
export const ChartFigure = ({
  title,
  headings,
  rows,
  children,
}: {
  title: string;
  headings: string[];
  rows: Array<{ key: string; cells: string[] }>;
  children: ReactNode;
}) => {
  const t = useStoresTranslation();
  return (
    <figure className={styles.figure} aria-label={title}>
      <div aria-hidden>{children}</div>
      <details>
        <summary>
          <Text as="span" variant="body-small" color="secondary">
            {t('overview.table')}
          </Text>
        </summary>
        <table className={styles.table} aria-label={title}>
          <thead>
            <tr>
              {headings.map(heading => (
                <th key={heading} scope="col">
                  <Text as="span" variant="body-small" color="secondary">
                    {heading}
                  </Text>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells: [first, ...others] }) => (
              <tr key={key}>
                <th scope="row">
                  <Text as="span">{first}</Text>
                </th>
                {others.map((cell, index) => (
                  <td key={headings[index + 1]}>
                    <Text as="span">{cell}</Text>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
};
