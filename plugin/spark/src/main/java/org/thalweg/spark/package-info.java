/** The objective on a cluster: parts of the probe, or points of a plane, on the executors of Apache Spark. */
@NullMarked
package org.thalweg.spark;

import org.jspecify.annotations.NullMarked;
