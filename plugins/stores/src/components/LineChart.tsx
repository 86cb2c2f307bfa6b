import { Text } from '@backstage/ui';
import { shapeLines, type ChartPoint } from '../models/lineChart';
import { ChartFigure } from './ChartFigure';
import styles from './LineChart.module.css';

const size = { width: 600, height: 160 };
const margin = { top: 16, right: 8, bottom: 32, left: 130 };

/** Lines over time, told apart by dashes as well as by colour, and a table that says the same. */
export const LineChart = ({
  title,
  timeHeading,
  names,
  points,
  formatTime,
  formatValue,
}: {
  title: string;
  timeHeading: string;
  names: string[];
  points: ChartPoint[];
  formatTime: (at: number) => string;
  formatValue: (value: number) => string;
}) => {
  const { lines, ticks } = shapeLines(points, size);
  return (
    <ChartFigure
      title={title}
      headings={[timeHeading, ...names]}
      rows={points.map(({ at, values }) => ({
        key: String(at),
        cells: [formatTime(at), ...values.map(formatValue)],
      }))}
    >
      <div className={styles.frame}>
        <svg
          className={styles.chart}
          viewBox={`0 0 ${size.width + margin.left + margin.right} ${
            size.height + margin.top + margin.bottom
          }`}
        >
          <g transform={`translate(${margin.left} ${margin.top})`}>
            {ticks.map(({ y, value }) => (
              <g key={value}>
                <line
                  x1="0"
                  x2={size.width}
                  y1={y}
                  y2={y}
                  className={styles.tick}
                />
                <text x="-8" y={y + 4} textAnchor="end" className={styles.text}>
                  {formatValue(value)}
                </text>
              </g>
            ))}
            {[points[0], points.length > 1 ? points.at(-1) : undefined].map(
              (point, index) =>
                point && (
                  <text
                    key={point.at}
                    x={index === 0 ? 0 : size.width}
                    y={size.height + 26}
                    textAnchor={index === 0 ? 'start' : 'end'}
                    className={styles.text}
                  >
                    {formatTime(point.at)}
                  </text>
                ),
            )}
            {lines.map((dots, index) => (
              <g key={names[index]} data-line={index} className={styles.line}>
                <polyline
                  points={dots.map(({ x, y }) => `${x},${y}`).join(' ')}
                />
                {dots.map(({ x, y }) => (
                  <circle key={x} cx={x} cy={y} r="3.5" />
                ))}
              </g>
            ))}
          </g>
        </svg>
      </div>
      <div className={styles.legend}>
        {names.map((name, index) => (
          <span key={name} className={styles.entry}>
            <svg
              width="28"
              height="10"
              data-line={index}
              className={styles.line}
            >
              <polyline points="0,5 28,5" />
            </svg>
            <Text as="span" variant="body-small">
              {name}
            </Text>
          </span>
        ))}
      </div>
    </ChartFigure>
  );
};
