// The class that this browser is the teacher of, as a data set, for all components of the page.

import { teacher } from "../our_class/teacher.js";
import { createClassSet } from "./class_set.js";
import { dataSets } from "./data_sets.js";

export const classSet = createClassSet(dataSets, teacher);
