// Names of cells in A1 notation; rows and columns count from 0.

const LAST = 18277;

export const letters = (column) => {
  let text = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) text = String.fromCharCode(65 + ((rest - 1) % 26)) + text;
  return text;
};
export const nameOf = (row, column) => letters(column) + (row + 1);
export const placeOf = (name) => {
  const found = /^([A-Z]{1,3})([1-9][0-9]{0,6})$/.exec(name.trim().toUpperCase());
  if (!found) return null;
  const column = [...found[1]].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return column > LAST ? null : { row: Number(found[2]) - 1, column };
};
