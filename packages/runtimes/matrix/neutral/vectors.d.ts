/** The recorded vectors: the text of each file by its name. */
declare module 'virtual:vectors' {
  export const vectors: Readonly<Record<string, string>>;
}
