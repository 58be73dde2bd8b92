/**
 * Written by hand in the layouts of XGBoost's JSON (2 features, 2 trees), scores worked out by
 * hand in the tests. Tree 0: f0 < 1.5 ? (f1 < -0.25 ? 0.4 : -0.2) : 0.6, missing f0 left, missing
 * f1 right. Tree 1: f1 < 10 ? -0.5 : 0.25, missing right.
 */
const trees =
  '[{"base_weights":[1E-1,0E0,2E0,1.3333334E0,-6.666667E-1],"categories":[],' +
  '"categories_nodes":[],"categories_segments":[],"categories_sizes":[],' +
  '"default_left":[1,0,0,0,0],"id":0,"left_children":[1,3,-1,-1,-1],' +
  '"loss_changes":[4.0005312E3,-1.5E-7,0E0,0E0,0E0],"parents":[2147483647,0,0,1,1],' +
  '"right_children":[2,4,-1,-1,-1],"split_conditions":[1.5E0,-2.5E-1,6E-1,4E-1,-2E-1],' +
  '"split_indices":[0,1,0,0,0],"split_type":[0,0,0,0,0],' +
  '"sum_hessian":[1E1,6E0,4E0,1.5E0,4.5E0],"tree_param":{"num_deleted":"0",' +
  '"num_feature":"2","num_nodes":"5","size_leaf_vector":"0"}},' +
  '{"base_weights":[0E0,-1E0,5E-1],"categories":[],"categories_nodes":[],' +
  '"categories_segments":[],"categories_sizes":[],"default_left":[0,0,0],"id":1,' +
  '"left_children":[1,-1,-1],"loss_changes":[1E0,0E0,0E0],"parents":[2147483647,0,0],' +
  '"right_children":[2,-1,-1],"split_conditions":[1E1,-5E-1,2.5E-1],' +
  '"split_indices":[1,0,0],"split_type":[0,0,0],"sum_hessian":[8E0,2E0,6E0],' +
  '"tree_param":{"num_deleted":"0","num_feature":"2","num_nodes":"3",' +
  '"size_leaf_vector":"0"}}]'

/** As XGBoost 1.7 lays it out. */
export const xgboost17 =
  '{"learner":{"attributes":{},"feature_names":["amount","hour"],' +
  '"feature_types":["float","float"],"gradient_booster":{"model":{"gbtree_model_param":' +
  '{"num_parallel_tree":"1","num_trees":"2","size_leaf_vector":"0"},"tree_info":[0,0],' +
  `"trees":${trees}},"name":"gbtree"},"learner_model_param":{"base_score":"2E-1",` +
  '"boost_from_average":"1","num_class":"0","num_feature":"2","num_target":"1"},' +
  '"objective":{"name":"binary:logistic","reg_loss_param":{"scale_pos_weight":"1"}}},' +
  '"version":[1,7,4]}'

/** As XGBoost 3 does: base score in brackets, an index of rounds, categories of the model. */
export const xgboost3 =
  '{"learner":{"attributes":{"best_iteration":"1"},"feature_names":[],"feature_types":[],' +
  '"gradient_booster":{"model":{"cats":{"enc":[],"feature_segments":[],"sorted_idx":[]},' +
  '"gbtree_model_param":{"num_parallel_tree":"1","num_trees":"2"},' +
  `"iteration_indptr":[0,1,2],"tree_info":[0,0],"trees":${trees}},"name":"gbtree"},` +
  '"learner_model_param":{"base_score":"[2E-1]","boost_from_average":"1","num_class":"0",' +
  '"num_feature":"2","num_target":"1"},"objective":{"name":"binary:logistic",' +
  '"reg_loss_param":{"scale_pos_weight":"1"}}},"version":[3,3,0]}'
