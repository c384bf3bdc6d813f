// Which files may hold pictures' values, by their names.

/** As pandas, NumPy, spreadsheets and gzip name them. */
export const NAME = /\.(csv|tsv|txt|gz|npy|npz)$/i;
