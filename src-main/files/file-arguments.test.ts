import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { fileArguments } from './file-arguments';

it('finds project files among switches and the program itself', () => {
  const folder = resolve('/home/ada');
  expect(fileArguments(['electron', '--no-sandbox', 'out/main/main.cjs', 'shop.topolab', resolve('/x/Y.TOPOLAB'), '--flag=a.topolab'], folder)).toEqual([
    resolve('/home/ada/shop.topolab'),
    resolve('/x/Y.TOPOLAB'),
  ]);
});
