import { Container, Flex, Header, Link, Text } from '@backstage/ui';
import { scenarioGroups } from './scenarios';

/** The address of a page in a state. */
function addressOf(name: string, path: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}scenario=${name}`;
}

/** All pages in all states. */
export const ScenariosPage = () => (
  <>
    <Header title="Every state of every page" />
    <Container>
      <Flex direction="column" gap="4">
        {Object.entries(scenarioGroups).map(([group, scenarios]) => (
          <section key={group} aria-label={group}>
            <Text as="h3" variant="title-x-small">
              {group}
            </Text>
            <ul>
              {Object.entries(scenarios).map(([name, { title, path }]) => (
                <li key={name}>
                  <Link
                    href={addressOf(name, path)}
                    // Another scenario is another backend: the page has to be read anew.
                    onClick={event => {
                      event.preventDefault();
                      window.location.assign(addressOf(name, path));
                    }}
                  >
                    {title}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </Flex>
    </Container>
  </>
);
