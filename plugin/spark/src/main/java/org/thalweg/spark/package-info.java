/** The objective on an Apache Spark cluster, distributed by parts of the probe or points of a plane. */
@NullMarked
package org.thalweg.spark;

import org.jspecify.annotations.NullMarked;
