/** The text without the mark that some editors and shells of Windows put in front of it; a parser would stumble over it. */
export const withoutByteOrderMark = (text: string): string => text.replace(/^\uFEFF/, '');
