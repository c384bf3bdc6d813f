// Which files may hold pictures' values, by their names.

/** As pandas, NumPy, spreadsheets and gzip name them, and archives, of which it can be said what to do. */
export const NAME = /\.(csv|tsv|txt|gz|npy|npz|xlsx|zip)$/i;
