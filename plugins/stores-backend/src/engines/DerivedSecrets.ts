import { createHash, createHmac } from 'node:crypto';
import { InputError } from '@backstage/errors';
import type { SecretSource } from '@storeyard/backstage-plugin-stores-node';

const MINIMUM_KEY_LENGTH = 32;

/**
 * Secrets that are computed from the installation's key instead of being stored: a Secret that somebody deleted comes back
 * with the same bytes, and the database keeps opening.
 */
export class DerivedSecrets implements SecretSource {
  /**
   * @param options - `secretKey`: the installation's key, at least 32 characters
   * @throws InputError if the key is too short to be a key
   */
  static create(options: { secretKey: string }): DerivedSecrets {
    if (options.secretKey.length < MINIMUM_KEY_LENGTH) {
      throw new InputError(
        `The installation's secret key has ${options.secretKey.length} characters, expected at least ${MINIMUM_KEY_LENGTH}`,
      );
    }
    return new DerivedSecrets(options.secretKey);
  }

  private constructor(private readonly secretKey: string) {}

  /** Tells keys apart without telling the key. */
  fingerprint(): string {
    return createHash('sha256')
      .update(`storeyard key fingerprint\0${this.secretKey}`)
      .digest('hex')
      .slice(0, 32);
  }

  /** HMAC-SHA-256 over store id, purpose and version as `length` hexadecimal digits, at most 64. */
  hexadecimal(options: {
    storeId: string;
    purpose: string;
    version?: number;
    length?: number;
  }): string {
    const { storeId, purpose, version = 1, length = 64 } = options;
    return createHmac('sha256', this.secretKey)
      .update(JSON.stringify([storeId, purpose, version]))
      .digest('hex')
      .slice(0, length);
  }
}
