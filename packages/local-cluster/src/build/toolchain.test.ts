import { isAtLeast, planToolchain } from './toolchain';

describe('isAtLeast', () => {
  it.each([
    ['1.26.0', '1.26.0', true],
    ['1.26', '1.26.0', true],
    ['1.26.8', '1.26.0', true],
    ['1.27', '1.26.8', true],
    ['1.9.9', '1.26.0', false],
    ['1.25.11', '1.26.0', false],
  ])('compares %s with %s: %s', (version, minimum, expected) => {
    expect(isAtLeast(version, minimum)).toBe(expected);
  });
});

describe('planToolchain', () => {
  const complete = {
    ...{ go: 'go', hasPip: false, hasCompiler: true, canInstall: false },
  };

  it('installs nothing where all is there', () => {
    expect(planToolchain(complete)).toEqual({ packages: [], installGo: false });
  });

  it('takes Go by pip where it is missing or too old', () => {
    expect(planToolchain({ ...complete, go: undefined, hasPip: true })).toEqual(
      { packages: [], installGo: true },
    );
  });

  it('installs pip first on a bare Debian', () => {
    const plan = planToolchain({
      ...{ go: undefined, hasPip: false, hasCompiler: false },
      canInstall: true,
    });
    expect(plan.installGo).toBe(true);
    expect(plan.packages).toEqual(
      expect.arrayContaining(['gcc', 'libseccomp-dev', 'python3-pip']),
    );
  });

  it('says what lacks and what to do where nothing can be installed', () => {
    const plan = () =>
      planToolchain({ ...complete, go: undefined, hasCompiler: false });
    expect(plan).toThrow(/a C compiler .* and Go 1\.26\.0 or newer/);
    expect(plan).toThrow(
      expect.objectContaining({
        remedy: expect.stringMatching(/gcc .*python3-pip/),
      }),
    );
  });
});
