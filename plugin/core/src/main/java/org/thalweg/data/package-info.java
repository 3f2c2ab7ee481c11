/** Examples and networks from files: IDX, CSV, HDF5, NumPy arrays and image folders become probes, saved models become networks. */
@NullMarked
package org.thalweg.data;

import org.jspecify.annotations.NullMarked;
