import { randomUUID } from 'node:crypto';
import type {
  AuthService,
  BackstageCredentials,
  HttpAuthService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import type { Request } from 'express';

/** Who makes a request. */
export interface Caller {
  credentials: BackstageCredentials;
  /** Entity ref of a user, or the subject of a service. */
  subject: string;
  /** Binds together what the request causes. */
  correlationId: string;
}

/** A request whose caller is known. */
export interface CallerRequest {
  caller: Caller;
  /** Where it came from, for the audit. */
  request: Request;
}

/** Options of {@link CallerResolver.create}. */
export interface CallerResolverOptions {
  auth: AuthService;
  httpAuth: HttpAuthService;
  userInfo: UserInfoService;
  /** Owner of the stores that services ask for without naming one. */
  defaultOwner?: string;
}

/** Finds out who makes a request and what they may own. */
export class CallerResolver {
  static create(options: CallerResolverOptions): CallerResolver {
    return new CallerResolver(options);
  }

  private constructor(private readonly options: CallerResolverOptions) {}

  /** @throws AuthenticationError when the request has no valid credentials */
  async resolve(request: Request): Promise<Caller> {
    const { auth, httpAuth } = this.options;
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const correlationId = correlationIdOf(request);
    if (auth.isPrincipal(credentials, 'user')) {
      const { userEntityRef } = credentials.principal;
      return { credentials, subject: userEntityRef, correlationId };
    }
    if (auth.isPrincipal(credentials, 'service')) {
      const { subject } = credentials.principal;
      return { credentials, subject, correlationId };
    }
    throw new NotAllowedError('only users and services may call');
  }

  /** Who owns what the caller asks for without naming an owner; undefined where an owner has to be named. */
  defaultOwnerOf(caller: Caller): string | undefined {
    const { auth, defaultOwner } = this.options;
    return auth.isPrincipal(caller.credentials, 'user')
      ? caller.subject
      : defaultOwner;
  }

  /**
   * The owner of a store that the caller asks for: themselves unless named.
   *
   * @throws InputError when a service names none and there is no default
   * @throws NotAllowedError when a user names an owner that they are no member of
   */
  async ownerFor(caller: Caller, wanted: string | undefined): Promise<string> {
    const { auth, userInfo, defaultOwner } = this.options;
    if (!auth.isPrincipal(caller.credentials, 'user')) {
      const owner = wanted ?? defaultOwner;
      if (owner === undefined) {
        throw new InputError(
          `owner: is required for the service '${caller.subject}', since 'stores.defaultOwner' is not set`,
        );
      }
      return owner;
    }
    if (wanted === undefined || wanted === caller.subject) {
      return caller.subject;
    }
    const { ownershipEntityRefs } = await userInfo.getUserInfo(
      caller.credentials,
    );
    if (!ownershipEntityRefs.includes(wanted)) {
      throw new NotAllowedError(
        `owner: '${wanted}' is none of '${ownershipEntityRefs.join(
          "', '",
        )}', which '${caller.subject}' may own by`,
      );
    }
    return wanted;
  }
}

function correlationIdOf(request: Request): string {
  const given = request.header('x-request-id');
  return given !== undefined && /^[\w.:-]{1,100}$/.test(given)
    ? given
    : randomUUID();
}
