// Texts come from the plugin's translation ref, so that they can be translated.
const message = 'Take the text from storesTranslationRef.';
const text = 'Literal[value=/[A-Za-z]/]';
const template = 'TemplateLiteral[quasis.0.value.raw=/[A-Za-z]/]';
const child = 'JSXElement > JSXExpressionContainer >';
const named =
  'JSXAttribute[name.name=/^(alt|aria-label|description|heading|label|placeholder|title|what|words)$/]';

const literals = [
  'JSXText[value=/[A-Za-z]/]',
  `${named} > ${text}`,
  `${named} > JSXExpressionContainer > ${text}`,
  `${child} ${text}`,
  `${child} ${template}`,
  `${child} LogicalExpression > ${text}.right`,
  `${child} ConditionalExpression > ${text}.consequent`,
  `${child} ConditionalExpression > ${text}.alternate`,
];

module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      files: ['src/**/*.tsx'],
      excludedFiles: ['**/*.test.tsx', 'src/__testUtils__/**'],
      rules: {
        'no-restricted-syntax': [
          'error',
          {
            selector:
              "ImportDeclaration[source.value='react'] :matches(ImportDefaultSpecifier, ImportNamespaceSpecifier)",
            message: 'Import what is used of React by its name.',
          },
          ...literals.map(selector => ({ selector, message })),
        ],
      },
    },
  ],
});
