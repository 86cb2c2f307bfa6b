/** Somebody who can sign in at the test's provider and is known to the portal's catalog. */
export interface Person {
  /** The name of the catalog's user. */
  name: string;
  displayName: string;
  email: string;
  team: Team;
}

/** A group of the catalog. */
export interface Team {
  name: string;
  title: string;
}

const harbour: Team = { name: 'harbour-team', title: 'Harbour team' };
const garden: Team = { name: 'garden-team', title: 'Garden team' };

/** Orders the stores. */
export const ada: Person = {
  name: 'ada',
  displayName: 'Ada Harbour',
  email: 'ada@example.test',
  team: harbour,
};

/** Belongs to another team. */
export const ben: Person = {
  name: 'ben',
  displayName: 'Ben Garden',
  email: 'ben@example.test',
  team: garden,
};

/** Of the first one's team; looks on. */
export const cleo: Person = {
  name: 'cleo',
  displayName: 'Cleo Harbour',
  email: 'cleo@example.test',
  team: harbour,
};

export const people: readonly Person[] = [ada, ben, cleo];

/** The entity ref by which stores belong to a team. */
export function teamRef({ name }: Team): string {
  return `group:default/${name}`;
}

/** The people and their teams as a directory's export would hand them to the catalog. */
export function peopleEntities(): object[] {
  const teams = [
    ...new Set(people.map(({ team }) => team)),
    // Owns the template.
    { name: 'platform-admins', title: 'Platform admins' },
  ];
  return [
    ...teams.map(({ name, title }) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Group',
      metadata: { name, title },
      spec: { type: 'team', profile: { displayName: title }, children: [] },
    })),
    ...people.map(({ name, displayName, email, team }) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'User',
      metadata: { name },
      spec: { profile: { displayName, email }, memberOf: [team.name] },
    })),
  ];
}
