import type { GrownTree } from './grow-tree.ts'
import { floatText } from './float-text.ts'

/** XGBoost's "no parent": the largest int32. */
const noParent = 0x7fff_ffff

/** A tree in the fields of XGBoost's JSON. */
export function treeDocument(
  tree: GrownTree,
  leaves: Float32Array,
  { features, id }: { features: number; id: number },
): unknown {
  const zeros = tree.left.map(() => 0)
  return {
    base_weights: tree.weight,
    categories: [],
    categories_nodes: [],
    categories_segments: [],
    categories_sizes: [],
    default_left: tree.missingLeft,
    id,
    left_children: tree.left,
    loss_changes: tree.gain,
    parents: tree.parent.map((parent) => (parent === -1 ? noParent : parent)),
    right_children: tree.right,
    split_conditions: tree.split.map((split, node) =>
      tree.left[node] === -1 ? leaves[node] : split,
    ),
    split_indices: tree.feature,
    split_type: zeros,
    sum_hessian: tree.cover,
    tree_param: {
      num_deleted: '0',
      num_feature: String(features),
      num_nodes: String(tree.left.length),
      size_leaf_vector: '0',
    },
  }
}

/** A whole model in the layout of XGBoost 1.7, which later versions read too. */
export function modelDocument(
  names: readonly string[],
  baseScore: number,
  trees: readonly unknown[],
): unknown {
  const count = String(trees.length)
  return {
    learner: {
      attributes: {},
      feature_names: names,
      feature_types: names.map(() => 'float'),
      gradient_booster: {
        model: {
          gbtree_model_param: { num_parallel_tree: '1', num_trees: count, size_leaf_vector: '0' },
          tree_info: trees.map(() => 0),
          trees,
        },
        name: 'gbtree',
      },
      learner_model_param: {
        base_score: floatText(baseScore),
        boost_from_average: '1',
        num_class: '0',
        num_feature: String(names.length),
        num_target: '1',
      },
      objective: { name: 'binary:logistic', reg_loss_param: { scale_pos_weight: '1' } },
    },
    version: [1, 7, 4],
  }
}
