// Jest resolves what it has transformed to CommonJS by the condition `require`; libraries that export
// only `import` (under execa and others) are then not found, although they are transformed all the same.
module.exports = (request, options) => {
  try {
    return options.defaultResolver(request, options);
  } catch (error) {
    const conditions = (options.conditions ?? []).filter(
      name => name !== 'require',
    );
    if (conditions.includes('import')) {
      throw error;
    }
    try {
      return options.defaultResolver(request, {
        ...options,
        conditions: [...conditions, 'import'],
      });
    } catch {
      throw error;
    }
  }
};
