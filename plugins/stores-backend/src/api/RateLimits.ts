import type { AuthService } from '@backstage/backend-plugin-api';
import { CustomErrorBase } from '@backstage/errors';
import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit, type Store } from 'express-rate-limit';
import type { Caller } from './Caller';
import { callerOf } from './createOperationRouter';
import type { RateLimit, RateLimitConfig } from './guardConfig';
import type { OperationId } from './operationTypes';

class TooManyRequestsError extends CustomErrorBase {
  override name = 'TooManyRequestsError' as const;
  readonly statusCode = 429;
}

/** Options of {@link RateLimits.create}. */
export interface RateLimitsOptions {
  auth: AuthService;
  config: RateLimitConfig;
  /** Where the calls under a limit of this name are counted. */
  storeOf(name: string): Store;
}

const uncounted: readonly OperationId[] = ['getMetrics', 'getMetricsSummary'];

/** Bounds how often a user, else an IP address, may call. */
export class RateLimits {
  static create(options: RateLimitsOptions): RateLimits {
    return new RateLimits(options);
  }

  private readonly requests: RequestHandler;
  private readonly creations: RequestHandler;

  private constructor(private readonly options: RateLimitsOptions) {
    const { config } = options;
    this.requests = this.limit(
      'requests',
      config.requests,
      response => response.locals.uncounted === true,
    );
    this.creations = this.limit(
      'creations',
      config.creations,
      response => response.statusCode !== 201,
    );
  }

  /** What a call has to pass once its caller is known. */
  of(operation: OperationId): RequestHandler[] {
    if (uncounted.includes(operation)) {
      return [];
    }
    return operation === 'createStore'
      ? [this.requests, this.creations]
      : [this.requests];
  }

  private limit(
    name: string,
    { limit, windowSeconds }: RateLimit,
    isUncounted: (response: Response) => boolean,
  ): RequestHandler {
    return rateLimit({
      identifier: `stores-${name}`,
      limit,
      windowMs: windowSeconds * 1000,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      store: this.options.storeOf(name),
      keyGenerator: (request, response) =>
        this.keyOf(callerOf(response), request),
      skip: (_request, response) => this.isPlugin(callerOf(response)),
      // Counted first and taken back when the answer is sent. Not by `skipFailedRequests`: that also takes back what a caller
      // broke off, and it was done all the same.
      skipSuccessfulRequests: true,
      requestWasSuccessful: (_request, response) => isUncounted(response),
      handler: (request, response, next) => {
        const who = this.keyOf(callerOf(response), request);
        next(
          new TooManyRequestsError(
            `too many ${name}: '${who}' may make ${limit} in ${windowSeconds} seconds; 'Retry-After' says when to come back`,
          ),
        );
      },
    });
  }

  /** A template's action comes with the token of the person who started it, and counts as theirs. */
  private keyOf(caller: Caller, request: Request): string {
    return this.options.auth.isPrincipal(caller.credentials, 'user')
      ? caller.subject
      : ipKeyGenerator(request.ip ?? '');
  }

  private isPlugin({ credentials }: Caller): boolean {
    return (
      this.options.auth.isPrincipal(credentials, 'service') &&
      credentials.principal.subject.startsWith('plugin:')
    );
  }
}

/** Has a call that found nothing, and only waited, not count. */
export function leaveUncounted(response: Response): void {
  response.locals.uncounted = true;
}
