/** A name that tries everything a name can try: to be a tag, to leave an attribute, to run, to hide. */
export function hostile(name: string): string {
  return (
    `${name}"onload="ran('attribute')" ' --></style></script><script>ran('script')</script>` +
    `<img src=x onerror=ran('image')><a href="javascript:ran('link')">\`\${ran('template')}\`` +
    ` \`\`<svg onload=ran('svg')>\`\` | [x](javascript:ran('markdown')) \u202e&lt;b&gt;\u0000{{7*7}}`
  );
}
