/** The shape of a surface as a tree: which hollows it has, how deep they are, and where they join. */
@NullMarked
package org.thalweg.topology;

import org.jspecify.annotations.NullMarked;
