import { execa } from 'execa';

export interface KubectlResult {
  stdout: string;
  stderr: string;
  exitCode: number;
}

/** `kubectl` and `helm` with one kubeconfig, as a person would call them. */
export class Kubectl {
  static create(options: {
    kubectl: string;
    helm: string;
    kubeconfig: string;
  }): Kubectl {
    return new Kubectl(options.kubectl, options.helm, options.kubeconfig);
  }

  private constructor(
    private readonly kubectl: string,
    private readonly helmCommand: string,
    private readonly kubeconfig: string,
  ) {}

  /** Runs kubectl; a failure is a result, not an error. */
  async try(args: string[], input?: string): Promise<KubectlResult> {
    return this.execute(this.kubectl, args, input);
  }

  /** @throws Error with what kubectl printed, when it fails. */
  async run(args: string[], input?: string): Promise<string> {
    return this.insist('kubectl', await this.try(args, input), args);
  }

  async json<T>(args: string[]): Promise<T> {
    return JSON.parse(await this.run([...args, '-o', 'json'])) as T;
  }

  async helm(args: string[]): Promise<string> {
    return this.insist(
      'helm',
      await this.execute(this.helmCommand, args),
      args,
    );
  }

  private insist(name: string, result: KubectlResult, args: string[]): string {
    if (result.exitCode !== 0) {
      throw new Error(
        `${name} ${args.join(' ')} ended with ${result.exitCode}: ${
          result.stderr
        }`,
      );
    }
    return result.stdout;
  }

  private async execute(
    command: string,
    args: string[],
    input?: string,
  ): Promise<KubectlResult> {
    const result = await execa(command, args, {
      env: { KUBECONFIG: this.kubeconfig },
      input: input ?? '',
      reject: false,
      timeout: 180_000,
    });
    return {
      stdout: result.stdout,
      stderr: result.stderr,
      exitCode: result.exitCode ?? 1,
    };
  }
}
