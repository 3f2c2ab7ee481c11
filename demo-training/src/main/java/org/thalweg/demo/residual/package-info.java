/** Deep networks with and without shortcuts. */
@NullMarked
package org.thalweg.demo.residual;

import org.jspecify.annotations.NullMarked;
