import { csvOf } from 'c/accordDownload';

it('makes cells that no spreadsheet takes for a formula', () => {
    expect(csvOf([['=1+1', '@x', '-2', '\uff1dA1', 'a-b', 3, null]])).toBe("'=1+1,'@x,'-2,'\uff1dA1,a-b,3,\r\n");
});

it('keeps commas, quotes and line breaks inside their cell', () => {
    expect(csvOf([['a,b', 'say "x"', 'one\ntwo'], ['plain']])).toBe('"a,b","say ""x""","one\ntwo"\r\nplain\r\n');
});
