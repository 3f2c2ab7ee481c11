/** Examples and networks from files: IDX, CSV and HDF5 become probes, saved models become networks. */
@NullMarked
package org.thalweg.data;

import org.jspecify.annotations.NullMarked;
